using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Organizing;

/// <summary>Refuses a change of a collection that is no longer as the caller saw it.</summary>
internal static class CollectionExpectation
{
    /// <summary>Checks a collection, under its lock.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.StaleEdit"/>: it was changed. Or it cannot be read.</exception>
    public static void Check(CollectionStore store, string name, Predicate<Collection>? expects)
    {
        if (expects?.Invoke(store.Read(name)) == false) throw new SkillMeatException(ErrorIds.StaleEdit, $"Collection '{name}' was changed meanwhile, so nothing was done. Read it again, and repeat the change.");
    }
}
