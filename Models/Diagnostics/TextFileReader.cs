using System.Text;

namespace Models.Diagnostics;

/// <summary>Reads a UTF-8 text file in pieces. To report a fault it scans the file again, so that normal reading need not count bytes.</summary>
internal sealed class TextFileReader : TextReader
{
    private const int BufferSize = 16384;

    private readonly string _path;
    private readonly StreamReader _reader;
    private readonly char[] _buffer = new char[BufferSize];
    private int _position;
    private int _count;
    private bool _hasBegun;

    public TextFileReader(string path)
    {
        _path = path;
        _reader = new StreamReader(path, TextFile.StrictUtf8, detectEncodingFromByteOrderMarks: false, BufferSize);
    }

    public override int Peek() => _position < _count || Fill() ? _buffer[_position] : -1;

    public override int Read() => _position < _count || Fill() ? _buffer[_position++] : -1;

    protected override void Dispose(bool disposing)
    {
        _reader.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        try
        {
            _count = _reader.Read(_buffer);
        }
        catch (DecoderFallbackException e)
        {
            throw new TextFileException(TextFile.FindFault(_path), e);
        }

        if (_buffer.AsSpan(0, _count).Contains('\0'))
            throw new TextFileException(TextFile.FindFault(_path));

        _position = !_hasBegun && _count > 0 && _buffer[0] == '\uFEFF' ? 1 : 0;
        _hasBegun = true;
        return _position < _count || (_count > 0 && Fill());
    }
}
