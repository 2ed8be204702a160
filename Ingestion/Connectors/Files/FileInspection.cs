using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>The result of reading a whole file before it is loaded: its hash, and an encoding that is certain because all bytes were checked.</summary>
/// <param name="ContentHash">SHA-256 of the unpacked bytes, hexadecimal.</param>
/// <param name="Encoding">An encoding that throws on invalid bytes; UTF-8 for a binary file.</param>
/// <param name="PreambleLength">The length of the byte order mark in bytes.</param>
internal sealed record FileInspection(string ContentHash, Encoding Encoding, int PreambleLength)
{
    private const int BufferSize = 256 * 1024;

    public static async Task<FileInspection> InspectAsync(DataFile file, Contract contract, bool isText, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            EncodingDetector? detector = null;
            var isEmpty = true;
            int read;
            while ((read = await file.Content.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                var chunk = buffer.AsSpan(0, read);
                isEmpty = false;
                hash.AppendData(chunk);
                if (isText)
                {
                    detector ??= new EncodingDetector(chunk, file.Path, contract);
                    detector.Look(chunk);
                }

                // a file that is being written might grow without end
                if (file.Position > file.Length)
                    throw new DiagnosticException(IngestionDiagnostics.Changed(file.Path));
            }

            if (isEmpty)
                throw new DiagnosticException(IngestionDiagnostics.Empty(file.Path, $"the columns of {contract.Span.File}"));

            var (encoding, preambleLength) = detector?.Decide() ?? (Encoding.UTF8, 0);
            return new FileInspection(Convert.ToHexStringLower(hash.GetHashAndReset()), encoding, preambleLength);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
