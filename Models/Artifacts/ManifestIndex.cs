using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>
/// The positions of the entries in the last written manifest, kept in a separate file, so that the next manifest can reuse them. It is valid only for
/// a manifest with the same length and write time.
/// </summary>
internal sealed class ManifestIndex : IDisposable
{
    private readonly Digest[] _keys;
    private readonly ManifestPart[] _parts;
    private readonly SafeFileHandle _manifest;

    private ManifestIndex(Digest content, Digest[] keys, ManifestPart[] parts, SafeFileHandle manifest)
    {
        Content = content;
        _keys = keys;
        _parts = parts;
        _manifest = manifest;
    }

    /// <summary>The digest of the whole manifest except its metadata.</summary>
    public Digest Content { get; }

    /// <summary>Opens the index; returns null if there is none, or if it does not match the manifest.</summary>
    public static ManifestIndex? Open(string indexPath, string manifestPath)
    {
        if (StoreFile.Open(indexPath, typeof(ManifestIndex)) is not { } file)
            return null;

        var record = file.Read(0);
        try
        {
            var manifest = File.OpenHandle(manifestPath, share: FileShare.ReadWrite | FileShare.Delete);
            if (record.Long() == RandomAccess.GetLength(manifest) && record.Long() == File.GetLastWriteTimeUtc(manifest).Ticks)
                return Read(record, manifest);

            manifest.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // best effort: without an index the whole manifest is written
        }

        return null;
    }

    /// <summary>The part with this key in the manifest; null if there is none.</summary>
    public ManifestPart? Find(Digest key)
    {
        var (low, high) = (0, _keys.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Digest.Order(_keys[middle], key);
            if (order == 0)
                return _parts[middle];

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Copies a range of the manifest.</summary>
    public void CopyTo(Stream stream, int start, int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            while (length > 0)
            {
                var read = RandomAccess.Read(_manifest, buffer.AsSpan(0, Math.Min(length, buffer.Length)), start);
                if (read == 0)
                    throw new EndOfStreamException("the earlier manifest is shorter than it was");

                stream.Write(buffer, 0, read);
                start += read;
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="indexPath">The index file.</param>
    /// <param name="length">The manifest's length in bytes.</param>
    /// <param name="time">The manifest's write time in ticks.</param>
    /// <param name="content">The digest of the whole manifest except its metadata.</param>
    /// <param name="parts">The positions of its entries.</param>
    public static void Save(string indexPath, long length, long time, Digest content, IReadOnlyList<ManifestPart> parts) =>
        StoreFile.Replace(indexPath, typeof(ManifestIndex), record =>
        {
            record.Long(length);
            record.Long(time);
            record.Digest(content);
            record.Number(parts.Count);

            // in the order that Find's binary search needs
            foreach (var part in parts.OrderBy(p => p.Key!.Value.High).ThenBy(p => p.Key!.Value.Low))
            {
                record.Digest(part.Key!.Value);
                record.Digest(part.Content);
                record.Number(part.Start);
                record.Number(part.Length);
            }
        });

    public void Dispose() => _manifest.Dispose();

    private static ManifestIndex Read(StoreReader record, SafeFileHandle manifest)
    {
        var content = record.Digest();
        var keys = new Digest[record.Number()];
        var parts = new ManifestPart[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = record.Digest();
            parts[i] = new ManifestPart { Key = keys[i], Content = record.Digest(), Start = record.Number(), Length = record.Number() };
        }

        return new ManifestIndex(content, keys, parts, manifest);
    }
}
