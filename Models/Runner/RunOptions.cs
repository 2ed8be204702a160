using Models.Project.Configuration;
using Models.Project.Graph;

namespace Models.Runner;

/// <summary>One run: which project, which nodes, and how.</summary>
public sealed record RunOptions
{
    public required RunVerb Verb { get; init; }

    /// <summary>The command's name where it is no verb that runs: compile leaves results too.</summary>
    internal string? Which { get; init; }

    /// <summary>What such a command takes that no other takes, by the names of dbt's flags.</summary>
    internal IReadOnlyDictionary<string, object?> CommandArguments { get; init; } = new Dictionary<string, object?>();

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

    /// <summary>The folder to defer to; null takes <see cref="State"/>.</summary>
    public string? DeferState { get; init; }

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

    /// <summary>By unique id: the batches that an earlier run could not build, where it built others.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TimeRange>> OnlyBatches { get; init; } = new Dictionary<string, IReadOnlyList<TimeRange>>();

    /// <summary>
    /// Everything that was asked for but secrets, by the names of dbt's flags: run_results.json keeps it, and <c>retry</c> reads it back. A
    /// name is that of its option on the command line with underscores.
    /// </summary>
    internal IReadOnlyDictionary<string, object?> Arguments => Secrets.Of(Compile.Vars).Hide(Said);

    private IReadOnlyDictionary<string, object?> Said => new Dictionary<string, object?>(Compile.Flags.Concat(CommandArguments), StringComparer.Ordinal)
    {
        ["which"] = Which ?? Verb.ToString().ToLowerInvariant(),
        ["project_dir"] = Compile.ProjectDirectory,
        ["profiles_dir"] = Compile.ProfilesDirectory,
        ["profile"] = Compile.Profile,
        ["target"] = Compile.Target,
        ["target_path"] = Compile.TargetPath,
        ["vars"] = Compile.Vars,
        ["select"] = Selection.Select,
        ["exclude"] = Selection.Exclude,
        ["selector"] = Selection.Selector,
        ["resource_types"] = Selection.ResourceTypes.Select(t => t.Name()).ToList(),
        ["exclude_resource_types"] = Selection.ExcludeResourceTypes.Select(t => t.Name()).ToList(),
        ["indirect_selection"] = Selection.IndirectSelection.ToString().ToLowerInvariant(),
        ["threads"] = Threads,
        ["full_refresh"] = Compile.FullRefresh,
        ["empty"] = Compile.Empty,
        ["sample"] = Compile.Sample is { } sample
            ? new Dictionary<string, object?> { ["start"] = $"{sample.Start:yyyy-MM-dd HH:mm:ss}", ["end"] = $"{sample.End:yyyy-MM-dd HH:mm:ss}" }
            : null,
        ["event_time_start"] = EventTimeStart is { } start ? $"{start:yyyy-MM-ddTHH:mm:ss}" : null,
        ["event_time_end"] = EventTimeEnd is { } end ? $"{end:yyyy-MM-ddTHH:mm:ss}" : null,
        ["store_failures"] = Compile.StoreFailures,
        ["fail_fast"] = FailFast,
        ["state"] = State,
        ["defer"] = Defer,
        ["defer_state"] = DeferState,
        ["favor_state"] = FavorState,
        ["blue_green"] = BlueGreen,
        ["lock_timeout"] = LockTimeout.TotalSeconds,
        ["profile_columns"] = ProfileColumns,
        ["record_history"] = RecordHistory,
        ["warn_error"] = Compile.Warnings.AllAreErrors && !Compile.Flags.ContainsKey("warn_error_options"),
        ["version_check"] = Compile.VersionCheck,
    };
}
