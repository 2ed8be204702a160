using System.Data.Common;
using Models.Project.Graph;

namespace Models.Rendering.Connections;

/// <summary>
/// The database that templates talk to while they render: the analysis database during a build, the target during a run.
/// One instance serves one rendering at a time. Calls block, because templates are rendered synchronously.
/// </summary>
public interface IAdapterConnection
{
    /// <summary>Runs one or more statements; the result set is the last one's, empty where it returned no rows.</summary>
    /// <exception cref="DbException">The server refused a statement, or the connection was lost.</exception>
    QueryResult Execute(string sql);

    /// <summary>The server's message, with its hint, where <paramref name="failure"/> is its refusal of a statement; else null.</summary>
    string? DescribeRefusal(DbException failure) => null;

    /// <summary>Opens a transaction where none is open, as statements of a materialization want; elsewhere nothing happens.</summary>
    void Begin()
    {
    }

    /// <summary>Ends the transaction that <see cref="Begin"/> opened and keeps what it did.</summary>
    void Commit()
    {
    }

    /// <summary>Relations of one schema; an unknown schema is empty.</summary>
    IReadOnlyList<AdapterRelation> ListRelations(string schema);

    /// <summary>Columns in their order; an unknown relation has none.</summary>
    IReadOnlyList<AdapterColumn> ListColumns(Relation relation);
}

/// <summary>A relation found in the database.</summary>
/// <param name="Relation">Its name.</param>
/// <param name="Type"><c>table</c>, <c>view</c> or <c>materialized_view</c>.</param>
public sealed record AdapterRelation(Relation Relation, string Type);

/// <summary>A column found in the database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">PostgreSQL's own spelling with modifiers, as <c>format_type</c> gives it.</param>
public sealed record AdapterColumn(string Name, string DataType);

/// <summary>Rows of a query, column by name and position.</summary>
public sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, string Status)
{
    public static QueryResult Empty { get; } = new([], [], "");
}
