using System.Collections;
using System.Runtime.CompilerServices;

namespace SkillMeat.Collections;

/// <summary>
/// An immutable list of texts that is a value: equal when its items are, and written as one line with commas where a single text is wanted, such as in a CSV file.
/// </summary>
/// <remarks>
/// Immutable and safe from any thread. A list without a type as well, because PowerShell takes an empty one of these for false, and anything else that can be counted for true.
/// </remarks>
[CollectionBuilder(typeof(TextValues), nameof(Create))]
public sealed class TextValues : IReadOnlyList<string>, IList, IEquatable<TextValues>
{
    private const string Unchangeable = "This list can't be changed.";

    private readonly string[] _items;

    private TextValues(string[] items)
    {
        _items = items;
    }

    /// <summary>How many there are.</summary>
    public int Count => _items.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public string this[int index] => _items[index];

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => true;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    object? IList.this[int index]
    {
        get => _items[index];
        set => throw new NotSupportedException(Unchangeable);
    }

    /// <summary>Makes a list; what the collection expressions of C# call.</summary>
    /// <param name="items">Its items.</param>
    /// <returns>The list.</returns>
    public static TextValues Create(ReadOnlySpan<string> items) => new(items.ToArray());

    /// <summary>Makes a list of any sequence.</summary>
    /// <param name="items">Its items.</param>
    /// <returns>The list.</returns>
    public static TextValues Of(IEnumerable<string> items) => items as TextValues ?? new TextValues(items.ToArray());

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_items).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(TextValues? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextValues);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(_items.Length, HashCode.Combine);

    /// <summary>The items with commas between.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => string.Join(", ", _items);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection.CopyTo(Array array, int index) => _items.CopyTo(array, index);

    bool IList.Contains(object? value) => Array.IndexOf(_items, value) >= 0;

    int IList.IndexOf(object? value) => Array.IndexOf(_items, value);

    int IList.Add(object? value) => throw new NotSupportedException(Unchangeable);

    void IList.Clear() => throw new NotSupportedException(Unchangeable);

    void IList.Insert(int index, object? value) => throw new NotSupportedException(Unchangeable);

    void IList.Remove(object? value) => throw new NotSupportedException(Unchangeable);

    void IList.RemoveAt(int index) => throw new NotSupportedException(Unchangeable);
}
