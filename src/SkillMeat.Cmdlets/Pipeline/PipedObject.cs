using System.Globalization;
using System.Management.Automation;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// An object from the pipeline. It stands for the item that its text or its properties name, and never for the text that an object of another kind happens to convert to.
/// </summary>
internal sealed class PipedObject
{
    private static readonly string[] _copies = ["Deserialized.", "Selected."];

    private readonly PSObject _value;

    public PipedObject(PSObject value)
    {
        _value = value;
        Texts = TextsOf(value.BaseObject);
    }

    /// <summary>The object, as the target of an error.</summary>
    public object Value => _value;

    /// <summary>The text, or the texts of a list; empty for all other objects.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Whether the object is a collection, also one from another process, from Select-Object or from a file.</summary>
    public bool IsCollection => IsOf(typeof(CollectionSummary)) || (Has("ArtifactCount") && Has("Name") && !Has("SnapshotId") && !Has("Type"));

    /// <summary>Whether the object is a project, also one from another process, from Select-Object or from a file.</summary>
    public bool IsProject => IsOf(typeof(Project)) || (Has("IsRegistered") && Has("IsMissing") && Has("Path"));

    /// <summary>Whether the object is a marketplace or the outcome for one, also from another process, from Select-Object or from a file.</summary>
    public bool IsMarketplace => Has("PluginProblems") && Has("Source") && Has("Name");

    /// <summary>Whether the object is a file or folder.</summary>
    public bool IsFile => TypeNames.Any(name => name is "System.IO.DirectoryInfo" or "System.IO.FileInfo");

    /// <summary>Whether the object may have the name of an artifact: it is none of ours that name something else.</summary>
    public bool MayNameArtifact => !IsProject && !TypeNames.Any(name => typeof(CollectionSummary).Assembly.GetType(name) is { } type && type.GetProperty("ArtifactId") is null);

    private IEnumerable<string> TypeNames => _value.TypeNames.Select(WithoutPrefixes);

    /// <summary>The text of a property, or null if the object does not have the property or it is empty. A number is a text, too, as in JSON.</summary>
    public string? this[string property] => Texts.Count == 0 && _value.Properties[property]?.Value is { } found && TextOf(found) is { Length: > 0 } text ? text : null;

    /// <summary>Whether the object has a property, even an empty one.</summary>
    public bool Has(string property) => Texts.Count == 0 && _value.Properties[property] is not null;

    /// <summary>Creates the error for an object that does not name an item.</summary>
    /// <param name="item">The kind of the item, such as <c>an artifact</c>.</param>
    /// <param name="properties">The properties that would name it.</param>
    public SkillMeatException Unnamed(string item, string properties) => Refused($"does not name {item}: it has no {properties}.");

    /// <summary>Creates the error for an object of a kind that the cmdlet does not take.</summary>
    /// <param name="reason">The predicate of the sentence about the object, and the next step.</param>
    public SkillMeatException Refused(string reason) => new(ErrorIds.InvalidArgument, $"An object of type '{_value.TypeNames.FirstOrDefault() ?? "null"}' {reason}");

    private bool IsOf(Type type) => TypeNames.Contains(type.FullName);

    private static string? TextOf(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text => text,
        Enum name => name.ToString(),
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        _ => null,
    };

    private static string WithoutPrefixes(string typeName)
    {
        while (_copies.FirstOrDefault(prefix => typeName.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
        {
            typeName = typeName[prefix.Length..];
        }

        return typeName;
    }

    private static List<string> TextsOf(object value) => value switch
    {
        string text => [text],
        object[] { Length: > 0 } list when list.Select(one => one is PSObject wrapped ? wrapped.BaseObject : one).ToList() is var items && items.TrueForAll(one => one is string) => items.ConvertAll(one => (string)one),
        _ => [],
    };
}
