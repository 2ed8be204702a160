namespace Ingestion.Connectors.Xml;

/// <summary>Limits the text that is read for one record, because an unclosed element would be read into memory as a whole.</summary>
internal sealed class RecordText(TextReader text) : TextReader
{
    private const int MaxRecordCharacters = 16 * 1024 * 1024;

    private long _read;

    /// <summary>Starts a new record.</summary>
    public void Begin() => _read = 0;

    public override int Read(char[] buffer, int index, int count) => Count(text.Read(buffer, index, count));

    public override async Task<int> ReadAsync(char[] buffer, int index, int count) => Count(await text.ReadAsync(buffer, index, count));

    public override int Read() => throw new NotSupportedException();

    public override int Peek() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        return _read <= MaxRecordCharacters
            ? read
            : throw new TooLongException(
                $"a record is longer than {MaxRecordCharacters} characters; is an element not closed, or 'record' the path of one that holds them all?");
    }

    /// <summary>A record exceeds the limit.</summary>
    internal sealed class TooLongException(string message) : IOException(message);
}
