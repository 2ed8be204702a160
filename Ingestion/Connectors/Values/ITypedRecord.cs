namespace Ingestion.Connectors.Values;

/// <summary>A reader whose records have values of types. It gives them without a detour through their texts where that is the same.</summary>
internal interface ITypedRecord
{
    /// <summary>
    /// Sets the current record's value of a field to that which parsing its text would give. Returns false where the text must be parsed: a value of
    /// another type, or one that the field's type does not have.
    /// </summary>
    bool TryTake(int field, ref FieldValue value);
}
