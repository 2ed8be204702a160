using Models.Parsing;
using Models.Project.Configuration;
using Models.Project.Graph;

namespace Models.Engine;

/// <summary>The options of one run.</summary>
public sealed record RunOptions
{
    public required RunVerb Verb { get; init; }

    /// <summary>The command's name if it is not a run verb: compile writes results too.</summary>
    internal string? Which { get; init; }

    /// <summary>Project, profile, target, vars, connection; <c>--full-refresh</c>, <c>--empty</c>, <c>--store-failures</c>.</summary>
    public required CompileOptions Compile { get; init; }

    public SelectionOptions Selection { get; init; } = new();

    /// <summary>The number of nodes to run in parallel; null for the profile's setting.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether to start no more nodes after the first error.</summary>
    public bool FailFast { get; init; }

    /// <summary>A folder with an earlier manifest.json, for <c>state:</c> selection and deferral.</summary>
    public string? State { get; init; }

    /// <summary>Whether to read nodes that are not selected from the relations in <see cref="State"/>.</summary>
    public bool Defer { get; init; }

    /// <summary>The folder to defer to; null for <see cref="State"/>.</summary>
    public string? DeferState { get; init; }

    /// <summary>Whether to defer even if the relation exists in the target.</summary>
    public bool FavorState { get; init; }

    /// <summary>Whether to build into shadow schemas, which are swapped in only if everything passed.</summary>
    public bool BlueGreen { get; init; }

    /// <summary>The start of the range that microbatch models build; null for each model's lookback.</summary>
    public DateTime? EventTimeStart { get; init; }

    /// <summary>The exclusive end of the range that microbatch models build; null for now.</summary>
    public DateTime? EventTimeEnd { get; init; }

    /// <summary>Called with the parsed project when its schemas exist and before its first node runs. Its exception ends the run.</summary>
    public Func<ParsedProject, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>The timeout for waiting for another run into the same schema; zero to fail at once.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether to record the run in schema <c>leadline</c> of the target.</summary>
    public bool RecordHistory { get; init; } = true;

    /// <summary>Whether to profile all built columns; otherwise only relations with <c>meta: {leadline: {profile: true}}</c> are profiled.</summary>
    public bool ProfileColumns { get; init; }

    /// <summary>The nodes of an earlier run to retry, by unique id; null for all selected nodes.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>The failed batches of partially built models of an earlier run, by unique id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TimeRange>> OnlyBatches { get; init; } = new Dictionary<string, IReadOnlyList<TimeRange>>();

    /// <summary>
    /// All given options except secrets, by the names of dbt's flags, for run_results.json, from which <c>retry</c> reads them. A name is that of the
    /// option on the command line with underscores.
    /// </summary>
    internal IReadOnlyDictionary<string, object?> Arguments => Secrets.Of(Compile.Vars).Hide(GivenFlags);

    private IReadOnlyDictionary<string, object?> GivenFlags => new Dictionary<string, object?>(Compile.Flags, StringComparer.Ordinal)
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
