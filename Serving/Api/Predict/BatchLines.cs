using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Serving.Api.Served;

namespace Serving.Api.Predict;

/// <summary>Cuts the body of a batch into its lines.</summary>
internal static class BatchLines
{
    private const byte EndOfLine = (byte)'\n';

    /// <summary>The lines without their ends, each valid until the next one is asked for. One that is too long is cut, so that it is refused.</summary>
    public static async IAsyncEnumerable<ReadOnlySequence<byte>> ReadAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isTooLong = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf(EndOfLine) is { } end)
            {
                if (!isTooLong)
                    yield return buffer.Slice(0, end);
                isTooLong = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            // the rest of a line that has been answered already is skipped
            if (!isTooLong && buffer.Length > JsonBody.Largest)
            {
                yield return buffer.Slice(0, JsonBody.Largest + 1);
                isTooLong = true;
            }

            if (isTooLong)
                buffer = buffer.Slice(buffer.End);
            if (read.IsCompleted)
            {
                if (buffer.Length > 0 && !isTooLong)
                    yield return buffer;
                reader.AdvanceTo(read.Buffer.End);
                yield break;
            }

            reader.AdvanceTo(buffer.Start, read.Buffer.End);
        }
    }
}
