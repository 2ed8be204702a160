namespace Models.Contracts;

/// <summary>Marks a part of a contract that does not change which rows the same content gives: where the data is, or what is said about it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SameRowsAttribute : Attribute;
