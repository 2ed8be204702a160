using DbUp.Engine.Transactions;
using Npgsql;

namespace Models.Migrations;

/// <summary>Opens copies of an open connection, including its password; each script is sent as one batch.</summary>
internal sealed class ClonedConnections(NpgsqlConnection connection)
    : DatabaseConnectionManager(_ => (NpgsqlConnection)((ICloneable)connection).Clone())
{
    public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
}
