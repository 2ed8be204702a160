using Models.Analysis;
using Models.Diagnostics;
using Models.Parsing;

namespace Models.Compiler;

/// <summary>What a compilation found out and wrote.</summary>
public sealed record CompilationResult
{
    public required ParsedProject Project { get; init; }

    /// <summary>Columns and lineage by unique id, for relations.</summary>
    public required IReadOnlyDictionary<string, AnalysedNode> Nodes { get; init; }

    /// <summary>Everything found, by file and position; severities as the options want them.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Absolute paths of generated C# files, whether they had to be written or were right already.</summary>
    public required IReadOnlyList<string> CodeFiles { get; init; }

    /// <summary>Absolute paths of the artifacts and of what the compiler keeps for the next time.</summary>
    public required IReadOnlyList<string> OtherFiles { get; init; }

    /// <summary>Absolute paths of files that were read outside the project's folder: of packages that live elsewhere, contracts, profiles.yml.</summary>
    public required IReadOnlyList<string> InputFiles { get; init; }

    /// <summary>Absolute paths of the folders of packages that live elsewhere; any file that comes to them counts as well.</summary>
    public required IReadOnlyList<string> InputFolders { get; init; }

    /// <summary>Names of the environment variables that templates read, in this compilation or in one whose results were taken over.</summary>
    public required IReadOnlyList<string> EnvironmentVariables { get; init; }

    /// <summary>How many nodes PostgreSQL had to look at.</summary>
    public required int AnalysedCount { get; init; }

    public bool Succeeded => !Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
