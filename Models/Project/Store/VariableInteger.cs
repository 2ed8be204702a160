namespace Models.Project.Store;

/// <summary>Writes integers as <see cref="BinaryWriter.Write7BitEncodedInt"/> does, with small ones in one byte.</summary>
internal static class VariableInteger
{
    public static int Read(ReadOnlySpan<byte> bytes, ref int position)
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = bytes[position++];
            value |= (next & 0x7Fu) << shift;
            if (next < 0x80)
                return (int)value;
        }

        throw new FormatException("a number is longer than it can be");
    }
}
