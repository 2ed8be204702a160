using Models.Project.Graph;

namespace Models.Rendering.Nodes;

/// <summary>How one node is rendered, where it differs from what its configuration and the options say.</summary>
public sealed record CompileMode
{
    /// <summary>Forces what <c>is_incremental()</c> answers; null asks the database as dbt does.</summary>
    public bool? Incremental { get; init; }

    /// <summary>The range of event time being built, which templates see as <c>model.batch</c>; null outside of batches.</summary>
    public TimeRange? Batch { get; init; }

    /// <summary><c>--empty</c>: every ref and source reads no rows.</summary>
    public bool Empty { get; init; }

    /// <summary>SQL names that take the place of a node's relation, by its unique id: the inputs of unit tests and of batches.</summary>
    public IReadOnlyDictionary<string, string> Relations { get; init; } = new Dictionary<string, string>();

    /// <summary>Vars that win over all others, as a unit test's overrides do.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary>Values that macros of these names return, as a unit test's overrides say; a key is a name, or <c>package.name</c>.</summary>
    public IReadOnlyDictionary<string, object?> Macros { get; init; } = new Dictionary<string, object?>();

    /// <summary>Values that <c>env_var</c> answers before the environment is asked.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    internal static CompileMode Default { get; } = new();
}
