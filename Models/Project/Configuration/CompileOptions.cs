using System.Collections.Concurrent;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Project.Configuration;

/// <summary>What a caller (build, command line, test) asks the compiler for.</summary>
public sealed record CompileOptions
{
    /// <summary>The folder that holds dbt_project.yml.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The folder that holds profiles.yml; by default the project's own, then ~/.dbt.</summary>
    public string? ProfilesDirectory { get; init; }

    public string? Profile { get; init; }

    public string? Target { get; init; }

    /// <summary>Command-line vars; they win over dbt_project.yml's.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// A connection string that takes the place of the profile's connection (<c>ConnectionStrings__warehouse</c>); its Search Path,
    /// where it has one, is the target schema.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary><c>--full-refresh</c>: incremental models and seeds are built anew; <c>is_incremental()</c> is false.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>
    /// <c>env_var</c> does not know who the user is (USER, USERNAME, LOGNAME) and answers with its default: what a build makes is the
    /// same for everyone.
    /// </summary>
    public bool IgnoresUser { get; init; }

    /// <summary>Takes the names of environment variables that templates read: what was rendered holds for their values alone.</summary>
    internal ConcurrentDictionary<string, string> EnvironmentRead { get; init; } = new(StringComparer.Ordinal);

    /// <summary><c>--version-check</c>: whether <c>require-dbt-version</c> is obeyed; null leaves it to the project's flags.</summary>
    public bool? VersionCheck { get; init; }

    /// <summary>Takes what the parse looked at beside files: what it found holds for that alone.</summary>
    internal ParseReads Reads { get; init; } = new();

    /// <summary>
    /// <c>--partial-parse</c>: what a parse found is kept in the target folder, so that the next one need not read what did not change;
    /// the outcome is the same as without. Null leaves it to the project's flags, where it is on unless they say otherwise.
    /// </summary>
    public bool? PartialParse { get; init; } = false;

    /// <summary>Hears of the target as soon as it is known, before anything else is read.</summary>
    internal Action<Target>? TargetRead { get; init; }

    /// <summary>Hears that models changed since the parse whose record is taken over.</summary>
    internal Action? ModelsChanged { get; init; }

    /// <summary>The folder of the parse's record, where it is not the target folder.</summary>
    internal string? ParseRecordFolder { get; init; }

    /// <summary><c>--store-failures</c>.</summary>
    public bool StoreFailures { get; init; }

    /// <summary><c>--empty</c>: every ref and source reads no rows.</summary>
    public bool Empty { get; init; }

    /// <summary><c>--sample</c>: models and snapshots read only these rows of what has an <c>event_time</c>.</summary>
    public TimeRange? Sample { get; init; }

    /// <summary><c>--warn-error</c>: which warnings are errors.</summary>
    public WarningPolicy Warnings { get; init; } = WarningPolicy.Default;

    /// <summary>The verb being carried out, as templates see it in <c>flags.WHICH</c>.</summary>
    public string Command { get; init; } = "compile";

    /// <summary>What else was said of dbt's flags, by their names in artifacts (<c>fail_fast</c>): templates see them in <c>flags</c>.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = new Dictionary<string, object?>();

    /// <summary>The <c>invocation_id</c> of templates and artifacts.</summary>
    public Guid InvocationId { get; init; } = Guid.NewGuid();

    /// <summary>The folder for artifacts, where it is not the project's own.</summary>
    public string? TargetPath { get; init; }

    /// <summary>Ends renderings that take too long.</summary>
    public CancellationToken Cancellation { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Takes what templates <c>print()</c>. May be called by several threads.</summary>
    public Action<string>? Print { get; init; }

    /// <summary>Takes what templates <c>log()</c>, and whether it is for the console too. May be called by several threads.</summary>
    public Action<string, bool>? Log { get; init; }
}
