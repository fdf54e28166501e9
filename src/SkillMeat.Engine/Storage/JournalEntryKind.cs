namespace SkillMeat.Storage;

/// <summary>What a transaction does to one entry. Changes of whole folders will be further kinds.</summary>
internal enum JournalEntryKind
{
    Write,
    Delete,
}
