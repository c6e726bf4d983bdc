using Cockpit.Connectors.Postgres;
using Cockpit.UseCases.Executing.Checks;

namespace Cockpit.Tests.Executing;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("login user=ada password=hunter2 ok", "login user=ada password=••• ok")]
    [InlineData("""{"apiKey":"abc123","name":"x"}""", """{"apiKey":"•••","name":"x"}""")]
    [InlineData("AUTH_TOKEN: eyJhbGci.x.y", "AUTH_TOKEN: •••")]
    [InlineData("Authorization: Bearer eyJhbGci.x.y", "Authorization: Bearer •••")]
    [InlineData("dial postgres://bondx:s3cret@db:5432/bondx", "dial postgres://bondx:•••@db:5432/bondx")]
    [InlineData("run --client-secret abc --port 80", "run --client-secret ••• --port 80")]
    [InlineData("error redis: connection refused", "error redis: connection refused")]
    [InlineData("served 200 in 12 ms", "served 200 in 12 ms")]
    public void Secret_is_masked_and_the_rest_stays(string line, string shown) => Assert.Equal(shown, SecretMask.Of(line));

    [Theory]
    [InlineData("SELECT * FROM users WHERE email = 'ada@x.org' AND pin = 4711", "SELECT * FROM users WHERE email = ? AND pin = ?")]
    [InlineData("UPDATE t SET a = 'it''s'\n  WHERE id = $1", "UPDATE t SET a = ? WHERE id = $1")]
    [InlineData("SELECT 'cut off in the mid", "SELECT ?")]
    [InlineData("DO $body$ secret $body$", "DO ?")]
    public void Query_is_shown_without_its_values(string query, string shown) => Assert.Equal(shown, PostgresSessions.WithoutLiterals(query));

    [Theory]
    [InlineData("public.orders", "\"public\".\"orders\"")]
    [InlineData("public.or\"ders", "\"public\".\"or\"\"ders\"")]
    public void Table_is_quoted_for_a_statement(string table, string quoted) => Assert.Equal(quoted, PostgresSessions.Quoted(table));
}
