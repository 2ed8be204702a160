namespace Models.Runner.Cli;

/// <summary>
/// dbt's flags that have an environment variable or a key in dbt_project.yml. Source:
/// docs.getdbt.com/reference/global-configs/about-global-configs.
/// </summary>
internal static class DbtFlags
{
    public static IReadOnlyList<DbtFlag> All { get; } =
    [
        new("cache-selected-only"),
        new("debug") { Short = "-d" },
        new("defer"),
        new("defer-state") { TakesValue = true },
        new("fail-fast") { Short = "-x" },
        new("favor-state"),
        new("indirect-selection") { TakesValue = true },
        new("log-cache-events"),
        new("log-file-max-bytes") { TakesValue = true },
        new("log-format") { TakesValue = true },
        new("log-format-file") { TakesValue = true },
        new("log-level") { TakesValue = true },
        new("log-level-file") { TakesValue = true },
        new("log-path") { TakesValue = true },
        new("macro-debugging"),
        new("partial-parse"),
        new("partial-parse-file-diff"),
        new("partial-parse-file-path") { TakesValue = true },
        new("populate-cache"),
        new("print"),
        new("printer-width") { TakesValue = true },
        new("profile") { TakesValue = true },
        new("profiles-dir") { TakesValue = true },
        new("project-dir") { TakesValue = true },
        new("record-history") { IsGlobal = false },
        new("quiet") { Short = "-q" },
        new("record-timing-info") { Short = "-r", TakesValue = true },
        new("send-anonymous-usage-stats"),
        new("show-all-deprecations"),
        new("show-resource-report"),
        new("single-threaded"),
        new("state") { TakesValue = true },
        new("static-parser"),
        new("target") { TakesValue = true },
        new("target-path") { TakesValue = true },
        new("upload-to-artifacts-ingest-api"),
        new("use-colors"),
        new("use-colors-file"),
        new("use-experimental-parser"),
        new("use-fast-test-edges"),
        new("version-check"),
        new("warn-error") { Rival = "warn-error-options" },
        new("warn-error-options") { TakesValue = true, Rival = "warn-error" },
        new("write-json"),

        new("clean-project-files-only") { IsGlobal = false },
        new("empty") { IsGlobal = false },
        new("event-time-end") { TakesValue = true, IsGlobal = false },
        new("event-time-start") { TakesValue = true, IsGlobal = false },
        new("exclude-resource-types") { TakesValue = true, IsGlobal = false },
        new("export-saved-queries") { IsGlobal = false },
        new("full-refresh") { IsGlobal = false },
        new("host") { TakesValue = true, IsGlobal = false },
        new("introspect") { IsGlobal = false },
        new("resource-types") { TakesValue = true, IsGlobal = false },
        new("sample") { TakesValue = true, IsGlobal = false },
        new("store-failures") { IsGlobal = false },
    ];
}
