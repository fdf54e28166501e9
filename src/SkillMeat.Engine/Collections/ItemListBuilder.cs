namespace SkillMeat.Collections;

/// <summary>Creates lists, for collection expressions.</summary>
public static class ItemListBuilder
{
    /// <summary>Creates a list.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <returns>The list.</returns>
    public static ItemList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ItemList<T>.Empty : new ItemList<T>(items.ToArray());
}
