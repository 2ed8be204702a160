using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>A stretch of a manifest's section, written or to be copied from the earlier manifest.</summary>
internal sealed record ManifestPart
{
    /// <summary>Stands for everything the part is made of; null where it is written each time.</summary>
    public Digest? Key { get; init; }

    /// <summary>Stands for its bytes.</summary>
    public Digest Content { get; init; }

    /// <summary>Its bytes; empty where they are copied.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Where the manifest has it.</summary>
    public int Start { get; init; }

    public int Length { get; init; }

    public bool IsCopied => Bytes.IsEmpty;
}
