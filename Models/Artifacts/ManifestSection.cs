namespace Models.Artifacts;

/// <summary>One of a manifest's objects, for example <c>nodes</c>, which large projects fill with many entries.</summary>
/// <param name="Name">Its key in the manifest.</param>
/// <param name="Chunks">Its entries, some at a time: several threads write them.</param>
internal sealed record ManifestSection(string Name, IReadOnlyList<ManifestChunk> Chunks);
