# AppArmor for the installed workstation. Chromium's sandbox needs user namespaces, which Ubuntu 24 and newer give to
# named programs alone; this profile gives them to this program and to nothing else. It confines nothing further: what
# the workstation may do is held by Chromium's sandbox and by the rights of the user who starts it.
abi <abi/4.0>,
include <tunables/global>

profile "${executable}" "/opt/${sanitizedProductName}/${executable}" flags=(unconfined) {
  userns,

  # Site-specific additions and overrides. See local/README for details.
  include if exists <local/${executable}>
}
