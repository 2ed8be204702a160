using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>A part of a manifest's section, either written or copied from the previous manifest.</summary>
internal sealed record ManifestPart
{
    /// <summary>The digest of all its inputs; null if it is always written.</summary>
    public Digest? Key { get; init; }

    /// <summary>The digest of its bytes.</summary>
    public Digest Content { get; init; }

    /// <summary>Its bytes; empty if they are copied.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The offset in the manifest.</summary>
    public int Start { get; init; }

    public int Length { get; init; }

    public bool IsCopied => Bytes.IsEmpty;
}
