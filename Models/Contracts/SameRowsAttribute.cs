namespace Models.Contracts;

/// <summary>Marks a part of a contract that cannot change the rows that the same content gives, such as a location or a description.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SameRowsAttribute : Attribute;
