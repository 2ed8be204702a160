using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Models.Compiler.Analysis;

/// <summary>Hashes everything a node's analysis depends on.</summary>
internal sealed class AnalysisKey : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public AnalysisKey Add(string? text)
    {
        // the length keeps two texts apart from one
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? -1);
        _hash.AppendData(length);
        if (text is not null)
            _hash.AppendData(Encoding.UTF8.GetBytes(text));

        return this;
    }

    public AnalysisKey Add(IEnumerable<AnalysedColumn> columns)
    {
        foreach (var column in columns)
            Add(column.Name).Add(column.Type).Add(column.Underlying);

        return this;
    }

    public string Finish() => Convert.ToHexString(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
