/** A trigger by which a table refuses one kind of change, whoever asks. */
export function refuseTrigger(table: string, verb: 'INSERT' | 'UPDATE' | 'DELETE', message: string): string {
  return `
CREATE TRIGGER ${table}_refuse_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${message}'); END;`
}
