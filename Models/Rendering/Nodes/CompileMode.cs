using Models.Project.Graph;

namespace Models.Rendering.Nodes;

/// <summary>Overrides of the configuration and the options for rendering one node.</summary>
public sealed record CompileMode
{
    /// <summary>Overrides the result of <c>is_incremental()</c>; null to query the database as dbt does.</summary>
    public bool? Incremental { get; init; }

    /// <summary>The range of event time of the current batch, which templates see as <c>model.batch</c>; null outside of batches.</summary>
    public TimeRange? Batch { get; init; }

    /// <c>--empty</c>: every ref and source returns no rows.
    public bool Empty { get; init; }

    /// <summary>SQL names that replace nodes' relations, by unique id: the inputs of unit tests and of batches.</summary>
    public IReadOnlyDictionary<string, string> Relations { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes the error for a relation that is read and not among <see cref="Relations"/>; null if any relation may be read.</summary>
    public Func<RelationNode, Exception>? NotGiven { get; init; }

    /// <summary>Vars with the highest precedence, such as a unit test's overrides.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary>Return values that replace calls of macros, such as a unit test's overrides; a key is a name, or <c>package.name</c>.</summary>
    public IReadOnlyDictionary<string, object?> Macros { get; init; } = new Dictionary<string, object?>();

    /// <summary>Values of <c>env_var</c> that take precedence over the environment.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    internal static CompileMode Default { get; } = new();
}
