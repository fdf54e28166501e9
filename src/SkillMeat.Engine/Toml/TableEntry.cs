using System.Runtime.InteropServices;

namespace SkillMeat.Toml;

/// <summary>One key of a table.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TableEntry
{
    /// <summary>The key's id in <see cref="KeyNames"/>.</summary>
    public int Key;

    public int Previous;
    public int Next;

    /// <summary>The text item that defines the value; for a table without one, the first item that names it.</summary>
    public int Item;

    public TomlValueKind Kind;

    public TomlTable Owner;

    /// <summary>A <see cref="TomlTable"/>, a <see cref="TomlTableArray"/>, or null for a value that its bytes define.</summary>
    public object? Container;

    /// <summary>Whether the entry is written by keys in the owner's own body, not by headers.</summary>
    public readonly bool IsInBody => HasValueText || Container is TomlTable { Kind: TomlTableKind.Dotted };

    /// <summary>Whether the value has bytes of its own after an equals sign.</summary>
    public readonly bool HasValueText => Container switch
    {
        TomlTable table => table.Kind == TomlTableKind.Inline,
        TomlTableArray array => array.Block is not null,
        _ => true,
    };
}
