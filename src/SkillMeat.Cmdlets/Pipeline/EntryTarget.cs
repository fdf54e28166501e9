using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The entries of collections that one object of the pipeline stands for, or that the parameters name.</summary>
/// <param name="Collections">The names of the collections, with wildcards, or null for the active one.</param>
/// <param name="Names">The names of the entries, with wildcards; none for all.</param>
/// <param name="Item">The object, as the target of errors.</param>
internal sealed record EntryTarget(string[]? Collections, IReadOnlyList<string> Names, object? Item)
{
    /// <summary>Reads an object of the pipeline: the name of an entry, an entry, or a collection if it may stand for all entries in it.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the object is something else.</exception>
    public static EntryTarget Read(PipedObject piped, EntryList list, string[]? collections, IReadOnlyList<string> names, bool takesCollections)
    {
        if (piped.Texts.Count > 0)
        {
            if (piped.Texts.Any(string.IsNullOrWhiteSpace)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The name of a {list.Noun} is empty.");
            return new EntryTarget(collections, piped.Texts, piped.Value);
        }

        if (piped.Has(list.Mark) && piped["Name"] is { } name) return new EntryTarget(collections ?? (piped["Collection"] is { } own ? [own] : null), [name], piped.Value);
        if (piped.IsCollection && (takesCollections || names.Count > 0)) return new EntryTarget(collections ?? (piped["Name"] is { } named ? [named] : null), names, piped.Value);
        throw piped.Unnamed($"a {list.Noun}", $"Name together with {list.Mark}");
    }
}
