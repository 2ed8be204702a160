using Models.Diagnostics;
using Models.Parsing.Properties;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>The result of one parse, kept for the next one.</summary>
internal sealed record ParseRecord
{
    public Digest Key { get; init; }

    /// <summary>The digest of the command and its arguments, if a template read them; otherwise null.</summary>
    public Digest? Invocation { get; init; }

    /// <summary>The environment variables that were read, and their values' digests.</summary>
    public IReadOnlyList<NamedContent> Environment { get; init; } = [];

    /// <summary>The files that properties refer to, and their contents' digests.</summary>
    public IReadOnlyList<NamedContent> Files { get; init; } = [];

    /// <summary>The diagnostics of files that are neither models nor read each time.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    public IReadOnlyList<DocDefinition> Docs { get; init; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; init; } = [];

    public IReadOnlyList<MacroDescription> Macros { get; init; } = [];

    /// <summary>The absolute paths of model files that every parse reads, changed or not.</summary>
    public IReadOnlySet<string> AlwaysReparse { get; init; } = new HashSet<string>();

    public int NodeCount { get; init; }

    public IReadOnlyList<RecordedNode> Nodes { get; init; } = [];

    /// <summary>The bytes of the file, which contains the texts of models.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>True if the record is valid for these inputs, models aside.</summary>
    public bool HoldsFor(ParseInputs inputs) =>
        Key == inputs.Key
        && (Invocation is null || Invocation == inputs.Invocation)
        && Environment.All(e => ParseInputs.EnvironmentValue(e.Name) == e.Content)
        && Files.All(f => NamedContent.OfFile(f.Name) == f.Content);
}
