using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Models.Project.Store;

/// <summary>Computes the digest of a sequence of values. Each value is hashed with its length, so that different sequences have different digests.</summary>
internal sealed class DigestBuilder
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    public DigestBuilder Add(string? text)
    {
        Add(text?.Length ?? -1);
        if (text is not null)
            AddBytes(MemoryMarshal.AsBytes(text.AsSpan()));

        return this;
    }

    public DigestBuilder Add(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), number);
        return this;
    }

    public DigestBuilder Add(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), number);
        return this;
    }

    public DigestBuilder Add(bool flag) => Add(flag ? 1 : 0);

    public DigestBuilder Add(Digest digest)
    {
        digest.Write(Reserve(Digest.Size));
        return this;
    }

    public DigestBuilder Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        AddBytes(bytes);
        return this;
    }

    /// <summary>Returns the digest of the values added since the last call.</summary>
    public Digest Finish()
    {
        var digest = Digest.Of(_bytes.AsSpan(0, _length));
        _length = 0;
        return digest;
    }

    private void AddBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
