using Models.Compiler;
using Models.Runner.Selection;

namespace Models.Runner;

/// <summary>One run: which project, which nodes, and how.</summary>
public sealed record RunOptions
{
    public required RunVerb Verb { get; init; }

    /// <summary>Project, profile, target, vars, connection; <c>--full-refresh</c>, <c>--empty</c>, <c>--store-failures</c>.</summary>
    public required CompileOptions Compile { get; init; }

    public SelectionOptions Selection { get; init; } = new();

    /// <summary>Nodes run at a time; null takes the profile's number.</summary>
    public int? Threads { get; init; }

    /// <summary>Start nothing more after the first error.</summary>
    public bool FailFast { get; init; }

    /// <summary>A folder with an earlier manifest.json, for <c>state:</c> selection and deferral.</summary>
    public string? State { get; init; }

    /// <summary>Read nodes that are not selected from where <see cref="State"/> says they are.</summary>
    public bool Defer { get; init; }

    /// <summary>Defer also to relations that exist in the target.</summary>
    public bool FavorState { get; init; }

    /// <summary>Build into a shadow set of schemas, and swap them in only when everything in it passed.</summary>
    public bool BlueGreen { get; init; }

    /// <summary>The first moment microbatch models build; null lets each decide by its lookback.</summary>
    public DateTime? EventTimeStart { get; init; }

    /// <summary>Where microbatch models stop, exclusive; null is now.</summary>
    public DateTime? EventTimeEnd { get; init; }

    /// <summary>How long to wait for another run into the same schema; zero fails at once.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Record the run in schema <c>leadline</c> of the target.</summary>
    public bool RecordHistory { get; init; } = true;

    /// <summary>Keep a profile of every column of what is built; otherwise of relations with <c>meta: {leadline: {profile: true}}</c>.</summary>
    public bool ProfileColumns { get; init; }

    /// <summary>Run again only what an earlier run left undone: unique ids, or null for everything selected.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>The flags by their names in dbt's artifacts; <c>retry</c> reads them back.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Arguments =>
    [
        new("which", Verb.ToString().ToLowerInvariant()),
        new("project_dir", Compile.ProjectDirectory),
        new("profile", Compile.Profile),
        new("target", Compile.Target),
        new("vars", Compile.Vars),
        new("select", Selection.Select),
        new("exclude", Selection.Exclude),
        new("selector", Selection.Selector),
        new("indirect_selection", Selection.IndirectSelection.ToString().ToLowerInvariant()),
        new("threads", Threads),
        new("full_refresh", Compile.FullRefresh),
        new("empty", Compile.Empty),
        new("store_failures", Compile.StoreFailures),
        new("fail_fast", FailFast),
        new("state", State),
        new("defer", Defer),
        new("favor_state", FavorState),
        new("warn_error", Compile.Warnings.AllAreErrors),
    ];
}
