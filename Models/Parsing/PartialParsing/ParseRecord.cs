using Models.Diagnostics;
using Models.Parsing.Properties;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>What one parse found, as the next one may take it over.</summary>
internal sealed record ParseRecord
{
    public Digest Key { get; init; }

    /// <summary>How the command was called, where a template asked; else null.</summary>
    public Digest? Invocation { get; init; }

    /// <summary>Environment variables that were read, and what they held.</summary>
    public IReadOnlyList<NamedContent> Environment { get; init; } = [];

    /// <summary>Files that properties name, and what they held.</summary>
    public IReadOnlyList<NamedContent> Files { get; init; } = [];

    /// <summary>What was found wrong outside of models' files and of what is read each time.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    public IReadOnlyList<DocDefinition> Docs { get; init; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; init; } = [];

    public IReadOnlyList<MacroDescription> Macros { get; init; } = [];

    /// <summary>Files of models that every parse reads, changed or not: absolute paths.</summary>
    public IReadOnlySet<string> AlwaysReparse { get; init; } = new HashSet<string>();

    public int NodeCount { get; init; }

    public IReadOnlyList<RecordedNode> Nodes { get; init; } = [];

    /// <summary>The file's bytes, which texts of models are places in.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>True where what the record was made of is what it would be made of now, models aside.</summary>
    public bool HoldsFor(ParseInputs inputs) =>
        Key == inputs.Key
        && (Invocation is null || Invocation == inputs.Invocation)
        && Environment.All(e => ParseInputs.EnvironmentValue(e.Name) == e.Content)
        && Files.All(f => NamedContent.OfFile(f.Name) == f.Content);
}
