using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>
/// What one pass over a whole file tells before it is loaded: its hash, and an encoding that is certain because every byte was
/// looked at, not guessed from the beginning.
/// </summary>
/// <param name="ContentHash">SHA-256 of the bytes, hexadecimal.</param>
/// <param name="Encoding">Throws on bytes that are not its own.</param>
/// <param name="PreambleLength">Bytes of the byte order mark.</param>
/// <param name="Length">Bytes in all.</param>
internal sealed record FileInspection(string ContentHash, Encoding Encoding, int PreambleLength, long Length)
{
    private const int BufferSize = 256 * 1024;

    public static async Task<FileInspection> InspectAsync(Stream stream, string path, Contract contract, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            EncodingDetector? detector = null;
            var expected = stream.Length;
            long length = 0;
            int read;
            while ((read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                var chunk = buffer.AsSpan(0, read);
                detector ??= new EncodingDetector(chunk, path, contract);
                hash.AppendData(chunk);
                detector.Look(chunk);
                length += read;
                // a file that is being written might grow for ever
                if (length > expected)
                    throw new DiagnosticException(IngestionDiagnostics.Changed(path));
            }

            if (detector is null)
                throw new DiagnosticException(IngestionDiagnostics.Empty(path, $"the columns of {contract.Span.File}"));

            var (encoding, preambleLength) = detector.Decide();
            return new FileInspection(Convert.ToHexStringLower(hash.GetHashAndReset()), encoding, preambleLength, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
