using Models.Project.Graph;
using Npgsql;

namespace Models.Analysis;

/// <summary>One statement for the analysis database.</summary>
/// <param name="Owner">The node it belongs to.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Offset">The offset of the node's own SQL in the statement, in UTF-16 units.</param>
internal sealed record AnalysisStatement(Node Owner, string Sql, int Offset);

/// <summary>A statement that PostgreSQL rejected.</summary>
internal sealed record RefusedStatement(AnalysisStatement Statement, PostgresException Error)
{
    /// <summary>
    /// The 0-based UTF-16 offset of the error in the node's own SQL, or null if the server reports no position. The server counts characters from 1.
    /// Source: PostgreSQL documentation, 55.8. Error and Notice Message Fields.
    /// </summary>
    public int? Position
    {
        get
        {
            if (Error.Position <= 0)
                return null;

            var offset = 0;
            for (var character = 1; character < Error.Position && offset < Statement.Sql.Length; character++)
                offset += char.IsHighSurrogate(Statement.Sql[offset]) && offset + 1 < Statement.Sql.Length ? 2 : 1;

            return offset < Statement.Offset ? null : offset - Statement.Offset;
        }
    }
}
