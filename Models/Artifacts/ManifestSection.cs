namespace Models.Artifacts;

/// <summary>One object of a manifest, for example <c>nodes</c>, which is large in large projects.</summary>
/// <param name="Name">Its key in the manifest.</param>
/// <param name="Chunks">The entries in chunks, which are written in parallel.</param>
internal sealed record ManifestSection(string Name, IReadOnlyList<ManifestChunk> Chunks);
