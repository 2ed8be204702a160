using Models.Compiler.Store;

namespace Models.Compiler.PartialParsing;

/// <summary>What a file or an environment variable held; null where there was none.</summary>
internal sealed record NamedContent(string Name, Digest? Content);
