using DbUp.Engine.Transactions;
using Npgsql;

namespace Models.Migrations;

/// <summary>Connections to where an open one leads, its password included; a script is sent as a whole.</summary>
internal sealed class ClonedConnections(NpgsqlConnection connection)
    : DatabaseConnectionManager(_ => (NpgsqlConnection)((ICloneable)connection).Clone())
{
    public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
}
