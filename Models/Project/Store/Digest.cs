using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Models.Project.Store;

/// <summary>The first half of a SHA-256 hash, which identifies content.</summary>
internal readonly record struct Digest(ulong High, ulong Low)
{
    public const int Size = 16;

    public static int Order(Digest one, Digest other) => one.High == other.High ? one.Low.CompareTo(other.Low) : one.High.CompareTo(other.High);

    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Read(hash);
    }

    public static Digest Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));

    public override string ToString() => $"{High:x16}{Low:x16}";

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, High);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Low);
    }
}
