using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Changes;

/// <summary>Refuses a change of a collection that is no longer as the caller saw it.</summary>
internal static class CollectionExpectation
{
    /// <summary>Checks a collection, under its lock.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.StaleEdit"/>: it was changed. Or it cannot be read.</exception>
    public static void Check(CollectionStore store, string name, Predicate<Collection>? expects)
    {
        if (expects?.Invoke(store.Read(name)) == false) throw Stale(name);
    }

    /// <summary>Checks the files from which a change is made. What changes later is found when they are written.</summary>
    /// <inheritdoc cref="Check(CollectionStore, string, Predicate{Collection}?)"/>
    public static void Check(CollectionStore store, string name, CollectionFiles files, Predicate<Collection>? expects)
    {
        // With everything that a caller can have seen, which edits do not read.
        if (expects?.Invoke(store.ToCollection(name, (files.ManifestBytes, files.LockBytes), store.ReadConfig().IsActive(name))) == false) throw Stale(name);
    }

    private static SkillMeatException Stale(string name) => new(ErrorIds.StaleEdit, $"Collection '{name}' was changed meanwhile, so nothing was done. Read it again, and repeat the change.");
}
