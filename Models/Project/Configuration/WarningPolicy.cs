using Models.Diagnostics;

namespace Models.Project.Configuration;

/// <summary>
/// Which warnings are errors, and which are suppressed. A warning is identified by its id (<c>MDL1019</c>) or by dbt's name
/// (<c>UnusedResourceConfigPath</c>). Source: docs.getdbt.com/reference/global-configs/warnings.
/// </summary>
public sealed record WarningPolicy
{
    /// <summary>A selector that selects nothing.</summary>
    public const string NothingSelected = "NoNodesForSelectionCriteria";

    /// <summary>A change that breaks the contract of a model without versions.</summary>
    public const string UnversionedBreakingChange = "UnversionedBreakingChange";

    /// <summary>A run that has nothing to do.</summary>
    public const string NothingToDo = "NothingToDo";

    /// <summary>A source that is older than its <c>warn_after</c>.</summary>
    public const string FreshnessResult = "LogFreshnessResult";

    /// <summary>A data test whose failures exceed its <c>warn_if</c> condition.</summary>
    public const string TestResult = "LogTestResult";

    private static readonly Dictionary<string, string> s_namesOfDbt = new(StringComparer.Ordinal)
    {
        ["MDL1004"] = "DuplicateYAMLKeysDeprecation",
        ["MDL1005"] = "CustomKeyInObjectDeprecation",
        ["MDL1014"] = "NoNodeForYamlKey",
        ["MDL1019"] = "UnusedResourceConfigPath",
        ["MDL1028"] = "Deprecations",
        ["MDL1031"] = "DeprecatedModel",
        ["MDL1033"] = "JinjaLogWarning",
        ["MDL1041"] = "UnsupportedConstraintMaterialization",
        ["MDL3014"] = "DeprecatedReference",
        ["MDL3015"] = "UpcomingReferenceDeprecation",
        ["MDL2202"] = "JinjaLogWarning",
    };

    /// <summary>Keeps all warnings as warnings.</summary>
    public static WarningPolicy Default { get; } = new();

    /// <summary>Whether all warnings are errors, except those in <see cref="Warnings"/> and <see cref="Silenced"/>.</summary>
    public bool AllAreErrors { get; init; }

    /// <summary>Warnings that are treated as errors.</summary>
    public IReadOnlySet<string> Errors { get; init; } = new HashSet<string>();

    /// <summary>Warnings that remain warnings.</summary>
    public IReadOnlySet<string> Warnings { get; init; } = new HashSet<string>();

    /// <summary>Warnings that are suppressed.</summary>
    public IReadOnlySet<string> Silenced { get; init; } = new HashSet<string>();

    /// <param name="name">An id, or dbt's name.</param>
    public bool IsError(string name) => !Has(Silenced, name) && !Has(Warnings, name) && (AllAreErrors || Has(Errors, name));

    public bool IsSilenced(string name) => Has(Silenced, name);

    /// <summary>Applies the policy: turns warnings into errors or removes them.</summary>
    public IEnumerable<Diagnostic> Apply(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Severity != DiagnosticSeverity.Warning)
                yield return diagnostic;
            else if (!IsSilenced(diagnostic.Id))
                yield return IsError(diagnostic.Id)
                    ? diagnostic with { Descriptor = diagnostic.Descriptor with { Severity = DiagnosticSeverity.Error } }
                    : diagnostic;
        }
    }

    private static bool Has(IReadOnlySet<string> names, string name) =>
        names.Contains(name) || (s_namesOfDbt.TryGetValue(name, out var other) && names.Contains(other));
}
