using System.Buffers.Binary;
using System.Text;

namespace Models.Project.Store;

/// <summary>The distinct strings of a record, each identified by its index.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public int Number(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers[text] = number = _texts.Count;
            _texts.Add(text);
        }

        return number;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_texts.Count);
        foreach (var text in _texts)
            writer.Write(text);
    }

    /// <summary>Reads a table written by <see cref="Write"/> and advances <paramref name="position"/> past it.</summary>
    public static string[] Read(ReadOnlySpan<byte> bytes, ref int position)
    {
        var texts = new string[BinaryPrimitives.ReadInt32LittleEndian(bytes[position..])];
        position += sizeof(int);
        for (var i = 0; i < texts.Length; i++)
        {
            var length = VariableInteger.Read(bytes, ref position);
            texts[i] = Encoding.UTF8.GetString(bytes.Slice(position, length));
            position += length;
        }

        return texts;
    }
}
