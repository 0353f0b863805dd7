import { ANY_POLICY, type CertificateExtensions } from './certificate-extensions.ts'

/** The user's inputs to policy processing, RFC 5280, 6.1.1 (c), (e)–(g). */
export interface PolicyInputs {
  /** Policies that are acceptable; undefined means any-policy. */
  readonly acceptable?: ReadonlySet<string>
  readonly requireExplicitPolicy: boolean
  readonly inhibitPolicyMapping: boolean
  readonly inhibitAnyPolicy: boolean
}

/** No policy is asked for; what the certificates themselves demand still holds. */
export const ANY_POLICY_WILL_DO: PolicyInputs = {
  requireExplicitPolicy: false,
  inhibitPolicyMapping: false,
  inhibitAnyPolicy: false,
}

interface PolicyNode {
  readonly policy: string
  expected: ReadonlySet<string>
  readonly parents: readonly PolicyNode[]
}

type Level = Map<string, PolicyNode>

/**
 * Policy processing of RFC 5280, 6.1, as the graph of RFC 9618: one node for a policy and a depth, so that
 * certificates cannot make it grow exponentially. Feed it every certificate in order, then ask `accepts`.
 */
export class PolicyGraph {
  readonly #inputs: PolicyInputs
  /** The nodes of the newest depth; undefined once no policy is valid. They keep their ancestors alive. */
  #level: Level | undefined
  #explicitPolicy: number
  #policyMapping: number
  #inhibitAnyPolicy: number

  constructor(options: { readonly inputs: PolicyInputs; readonly pathLength: number }) {
    const { inputs, pathLength } = options
    const counter = (atOnce: boolean) => (atOnce ? 0 : pathLength + 1)
    this.#inputs = inputs
    this.#level = new Map([[ANY_POLICY, { policy: ANY_POLICY, expected: new Set([ANY_POLICY]), parents: [] }]])
    this.#explicitPolicy = counter(inputs.requireExplicitPolicy)
    this.#policyMapping = counter(inputs.inhibitPolicyMapping)
    this.#inhibitAnyPolicy = counter(inputs.inhibitAnyPolicy)
  }

  /** Steps 6.1.3 (d)–(f). @returns false where a policy is required and none is left. */
  enter(
    extensions: CertificateExtensions,
    { isFinal, selfIssued }: { isFinal: boolean; selfIssued: boolean },
  ): boolean {
    const policies = extensions.certificatePolicies
    if (policies === undefined) this.#level = undefined
    else if (this.#level !== undefined) {
      const anyPolicyCounts = this.#inhibitAnyPolicy > 0 || (!isFinal && selfIssued)
      this.#level = nonEmpty(nextLevel(this.#level, policies, anyPolicyCounts))
    }
    return this.#explicitPolicy > 0 || this.#level !== undefined
  }

  /** Steps 6.1.4 (a), (b), (h)–(j), between one certificate and the next. @returns false for a forbidden mapping. */
  leave(extensions: CertificateExtensions, { selfIssued }: { selfIssued: boolean }): boolean {
    const mappings = extensions.policyMappings ?? []
    if (mappings.some(({ issuerDomain, subjectDomain }) => [issuerDomain, subjectDomain].includes(ANY_POLICY))) {
      return false
    }
    if (this.#level !== undefined) this.#level = nonEmpty(applyMappings(this.#level, mappings, this.#policyMapping > 0))
    if (!selfIssued) {
      this.#explicitPolicy = Math.max(0, this.#explicitPolicy - 1)
      this.#policyMapping = Math.max(0, this.#policyMapping - 1)
      this.#inhibitAnyPolicy = Math.max(0, this.#inhibitAnyPolicy - 1)
    }
    const { requireExplicitPolicy, inhibitPolicyMapping } = extensions.policyConstraints ?? {}
    this.#explicitPolicy = Math.min(this.#explicitPolicy, requireExplicitPolicy ?? Infinity)
    this.#policyMapping = Math.min(this.#policyMapping, inhibitPolicyMapping ?? Infinity)
    this.#inhibitAnyPolicy = Math.min(this.#inhibitAnyPolicy, extensions.inhibitAnyPolicy ?? Infinity)
    return true
  }

  /** Step 6.1.5 (a), (b), (g), after the last certificate. */
  accepts(lastExtensions: CertificateExtensions): boolean {
    const demanded = this.#explicitPolicy <= 1 || lastExtensions.policyConstraints?.requireExplicitPolicy === 0
    return !demanded || this.#acceptablePolicyIsLeft()
  }

  #acceptablePolicyIsLeft(): boolean {
    const { acceptable } = this.#inputs
    if (this.#level === undefined) return false
    if (acceptable === undefined || this.#level.has(ANY_POLICY)) return true
    return [...authorityPolicies(this.#level)].some((policy) => acceptable.has(policy))
  }
}

/** RFC 9618, 5.3: the children of the certificate's policies. */
function nextLevel(previous: Level, policies: ReadonlySet<string>, anyPolicyCounts: boolean): Level {
  const expecting = nodesByExpectedPolicy(previous)
  const anyPolicyNode = previous.get(ANY_POLICY)
  const level: Level = new Map()
  const add = (policy: string, parents: readonly PolicyNode[]) =>
    level.set(policy, { policy, expected: new Set([policy]), parents })
  for (const policy of policies) {
    if (policy === ANY_POLICY) continue
    const parents = expecting.get(policy)
    if (parents !== undefined) add(policy, parents)
    else if (anyPolicyNode !== undefined) add(policy, [anyPolicyNode])
  }
  if (policies.has(ANY_POLICY) && anyPolicyCounts) {
    for (const [policy, parents] of expecting) if (!level.has(policy)) add(policy, parents)
  }
  return level
}

function nodesByExpectedPolicy(level: Level): Map<string, PolicyNode[]> {
  const expecting = new Map<string, PolicyNode[]>()
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const nodes = expecting.get(policy)
      if (nodes === undefined) expecting.set(policy, [node])
      else nodes.push(node)
    }
  }
  return expecting
}

/** RFC 9618, 5.4: a mapped policy expects its equivalents below, or ends here where mapping is inhibited. */
function applyMappings(
  level: Level,
  mappings: readonly { readonly issuerDomain: string; readonly subjectDomain: string }[],
  mappingAllowed: boolean,
): Level {
  const mapped = new Map<string, Set<string>>()
  for (const { issuerDomain, subjectDomain } of mappings) {
    mapped.set(issuerDomain, (mapped.get(issuerDomain) ?? new Set()).add(subjectDomain))
  }
  const result: Level = new Map(level)
  for (const [policy, expected] of mapped) {
    const node = level.get(policy)
    const anyPolicyNode = level.get(ANY_POLICY)
    if (!mappingAllowed) result.delete(policy)
    else if (node !== undefined) node.expected = expected
    else if (anyPolicyNode !== undefined) result.set(policy, { policy, expected, parents: anyPolicyNode.parents })
  }
  return result
}

/** The policies in the anchor's own terms: the topmost named policy on each way down. */
function authorityPolicies(level: Level): ReadonlySet<string> {
  const policies = new Set<string>()
  const seen = new Set<PolicyNode>(level.values())
  for (const node of seen) {
    if (node.parents.some((parent) => parent.policy === ANY_POLICY)) policies.add(node.policy)
    for (const parent of node.parents) if (parent.policy !== ANY_POLICY) seen.add(parent)
  }
  return policies
}

function nonEmpty(level: Level): Level | undefined {
  return level.size > 0 ? level : undefined
}
