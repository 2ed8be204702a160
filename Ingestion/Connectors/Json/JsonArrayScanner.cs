using System.Buffers;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>
/// Finds the start and end of each element of a JSON array by brackets and quotes only. The reader of an element checks whether it is valid, so that
/// an invalid element does not affect the others.
/// </summary>
internal sealed class JsonArrayScanner(Stream content, string path)
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[],"u8);
    private static readonly SearchValues<byte> StringMarks = SearchValues.Create("\"\\"u8);

    private readonly RecordBuffer _buffer = new(content);
    private bool _isInside;

    /// <summary>The current element's text, including trailing whitespace.</summary>
    public ReadOnlyMemory<byte> Element => _buffer.Record;

    /// <summary>True if the element is too long, so that only its start is kept.</summary>
    public bool IsLong => _buffer.IsLong;

    /// <returns>False at the end of the array.</returns>
    /// <exception cref="DiagnosticException">The text is not an array, or ends inside it.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var next = await PeekAsync(cancellationToken);
        if (!_isInside && next != '[')
            throw Malformed("it is no array of objects; one object a line is the format ndjson");
        if (_isInside && next is not (',' or ']'))
            throw Malformed(next < 0 ? "the array is not closed" : "expected ',' or ']' after a record");

        _buffer.Consume(1);
        if (next == ']')
            return await EndAsync(cancellationToken);

        next = await PeekAsync(cancellationToken);
        if (next == ']' && !_isInside)
        {
            _buffer.Consume(1);
            return await EndAsync(cancellationToken);
        }

        if (next is < 0 or ',' or ']')
            throw Malformed(next < 0 ? "the array is not closed" : $"expected a record, not '{(char)next}'");

        _isInside = true;
        await ScanAsync(cancellationToken);
        return true;
    }

    private async ValueTask<bool> EndAsync(CancellationToken cancellationToken) =>
        await PeekAsync(cancellationToken) < 0 ? false : throw Malformed("there is more text after the array");

    /// <summary>Skips whitespace and returns the next byte; -1 at the end.</summary>
    private async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _buffer.Begin();
            var rest = _buffer.Rest;
            var at = rest.IndexOfAnyExcept(" \t\r\n"u8);
            var found = at < 0 ? -1 : rest[at];
            _buffer.Consume(at < 0 ? rest.Length : at);
            if (at >= 0)
                return found;
            if (!await _buffer.ReadMoreAsync(cancellationToken))
                return -1;
        }
    }

    private async ValueTask ScanAsync(CancellationToken cancellationToken)
    {
        _buffer.Begin();
        var state = new ElementState();
        while (!Scan(ref state))
        {
            if (!await _buffer.ReadMoreAsync(cancellationToken))
                throw Malformed(state.IsInString ? "the text ends inside of a string" : "the array is not closed");
        }
    }

    /// <summary>Consumes the buffered part of the element; returns true at its end.</summary>
    private bool Scan(ref ElementState state)
    {
        while (!_buffer.Rest.IsEmpty)
        {
            var rest = _buffer.Rest;
            if (state.IsEscaped)
            {
                state.IsEscaped = false;
                _buffer.Consume(1);
                continue;
            }

            var at = rest.IndexOfAny(state.IsInString ? StringMarks : Marks);
            if (at < 0)
            {
                _buffer.Consume(rest.Length);
                return false;
            }

            if (!state.IsInString && state.Depth == 0 && rest[at] is ((byte)',' or (byte)']'))
            {
                _buffer.Consume(at);
                return true;
            }

            state.Take(rest[at]);
            _buffer.Consume(at + 1);
        }

        return false;
    }

    private DiagnosticException Malformed(string reason)
    {
        var (line, column) = ((int)_buffer.Line, (int)_buffer.Column);
        return new DiagnosticException(Sources.IngestionDiagnostics.MalformedJson(new SourceSpan(path, line, column, line, column), reason));
    }

    private struct ElementState
    {
        public int Depth;
        public bool IsInString;
        public bool IsEscaped;

        public void Take(byte mark)
        {
            switch (mark)
            {
                case (byte)'"':
                    IsInString = !IsInString;
                    break;
                case (byte)'\\':
                    IsEscaped = true;
                    break;
                case (byte)'{' or (byte)'[':
                    Depth++;
                    break;
                case (byte)'}' or (byte)']' when Depth > 0:
                    Depth--;
                    break;
            }
        }
    }
}
