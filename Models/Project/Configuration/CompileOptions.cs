using System.Collections.Concurrent;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Project.Configuration;

/// <summary>The inputs of a compilation, from a build, the command line or a test.</summary>
public sealed record CompileOptions
{
    /// <summary>The folder that holds dbt_project.yml.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The folder that holds profiles.yml; by default the project folder, then ~/.dbt.</summary>
    public string? ProfilesDirectory { get; init; }

    public string? Profile { get; init; }

    public string? Target { get; init; }

    /// <summary>Command-line vars; they take precedence over those in dbt_project.yml.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// A connection string that replaces the profile's connection (<c>ConnectionStrings__warehouse</c>); its Search Path, if any, is the target
    /// schema.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <c>--full-refresh</c>: incremental models and seeds are rebuilt; <c>is_incremental()</c> is false.
    public bool FullRefresh { get; init; }

    /// <summary>
    /// Whether <c>env_var</c> hides the user's name (USER, USERNAME, LOGNAME) and returns the default, so that a build's output is the same for every
    /// user.
    /// </summary>
    public bool IgnoresUser { get; init; }

    /// <summary>Output: the environment variables that templates read. Cached renderings are valid only for their values.</summary>
    internal ConcurrentDictionary<string, string> EnvironmentRead { get; init; } = new(StringComparer.Ordinal);

    /// <c>--version-check</c>: whether <c>require-dbt-version</c> is checked; null to use the project's flags.
    public bool? VersionCheck { get; init; }

    /// <summary>Output: what the parse read besides the project's files. Cached results are valid only for these values.</summary>
    internal ParseReads Reads { get; init; } = new();

    /// <c>--partial-parse</c>: whether parse results are kept in the target folder, so that the next parse need not read unchanged files; the result
    /// is the same without it. Null to use the project's flags, whose default is true.
    public bool? PartialParse { get; init; } = false;

    /// <summary>Called with the target as soon as it is known, before anything else is read.</summary>
    internal Action<Target>? TargetRead { get; init; }

    /// <summary>Called when a model differs from the cached parse.</summary>
    internal Action? ModelsChanged { get; init; }

    /// <summary>The folder of the cached parse, if it is not the target folder.</summary>
    internal string? ParseRecordFolder { get; init; }

    /// <summary><c>--store-failures</c>.</summary>
    public bool StoreFailures { get; init; }

    /// <c>--empty</c>: every ref and source returns no rows.
    public bool Empty { get; init; }

    /// <c>--sample</c>: models and snapshots read only these rows of relations that have an <c>event_time</c>.
    public TimeRange? Sample { get; init; }

    /// <c>--warn-error</c>: which warnings are treated as errors.
    public WarningPolicy Warnings { get; init; } = WarningPolicy.Default;

    /// <summary>The current command, which templates see as <c>flags.WHICH</c>.</summary>
    public string Command { get; init; } = "compile";

    /// <summary>Other dbt flags by their names in artifacts (<c>fail_fast</c>); templates see them in <c>flags</c>.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = new Dictionary<string, object?>();

    /// <summary>The <c>invocation_id</c> in templates and artifacts.</summary>
    public Guid InvocationId { get; init; } = Guid.NewGuid();

    /// <summary>The folder for artifacts, if it is not the project's default.</summary>
    public string? TargetPath { get; init; }

    /// <summary>Cancels the compilation, including long renderings.</summary>
    public CancellationToken Cancellation { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Receives the text that templates <c>print()</c>. May be called from several threads.</summary>
    public Action<string>? Print { get; init; }

    /// <summary>Receives the text that templates <c>log()</c>, and whether the console shows it. May be called from several threads.</summary>
    public Action<string, bool>? Log { get; init; }
}
