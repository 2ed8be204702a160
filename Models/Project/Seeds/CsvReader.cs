using System.Text;

namespace Models.Project.Seeds;

/// <summary>
/// Reads the records of a CSV file as defined by RFC 4180: fields may be quoted, quotes inside are doubled, line breaks inside quotes are kept. An
/// empty line is skipped.
/// </summary>
internal sealed class CsvReader(TextReader text, char delimiter)
{
    private readonly StringBuilder _field = new();
    private int _next = ' ';

    /// <summary>The line, from 1, at which the last record starts.</summary>
    public int Line { get; private set; }

    /// <summary>The line of a quote that is still open at the end of the text; null if there is none.</summary>
    public int? UnclosedQuoteLine { get; private set; }

    private int CurrentLine { get; set; } = 1;

    /// <summary>Reads the next record; null at the end.</summary>
    public List<string>? Read()
    {
        if (Line == 0)
            Advance();

        while (_next is '\r' or '\n')
            EndLine();

        Line = CurrentLine;
        if (_next < 0)
            return null;

        var record = new List<string>();
        while (true)
        {
            record.Add(ReadField());
            if (_next != delimiter)
                break;

            Advance();
        }

        EndLine();
        return record;
    }

    private string ReadField()
    {
        _field.Clear();
        if (_next == '"')
            ReadQuoted();

        while (_next >= 0 && _next != delimiter && _next is not ('\r' or '\n'))
        {
            _field.Append((char)_next);
            Advance();
        }

        return _field.ToString();
    }

    private void ReadQuoted()
    {
        var line = CurrentLine;
        Advance();
        while (_next >= 0)
        {
            if (_next == '"')
            {
                Advance();
                if (_next != '"')
                    return;
            }

            var read = _next;
            _field.Append((char)read);
            Advance();
            if (read == '\n' || (read == '\r' && _next != '\n'))
                CurrentLine++;
        }

        UnclosedQuoteLine = line;
    }

    private void EndLine()
    {
        if (_next is not ('\r' or '\n'))
            return;

        CurrentLine++;
        var isReturn = _next == '\r';
        Advance();
        if (isReturn && _next == '\n')
            Advance();
    }

    private void Advance() => _next = text.Read();
}
