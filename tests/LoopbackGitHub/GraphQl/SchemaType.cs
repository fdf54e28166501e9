namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A type of the schema.</summary>
internal sealed class SchemaType(string name, SchemaTypeKind kind, IReadOnlyList<string> interfaces, IReadOnlyList<SchemaField> fields)
{
    private static readonly SchemaField TypeName = new("__typename", new GraphQlType("String", null, NonNull: true), []);
    private readonly Dictionary<string, SchemaField> _fields = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);

    public string Name { get; } = name;

    public SchemaTypeKind Kind { get; } = kind;

    public IReadOnlyList<string> Interfaces { get; } = interfaces;

    public bool IsLeaf => Kind == SchemaTypeKind.Scalar;

    public SchemaField? Find(string field) => field == TypeName.Name && !IsLeaf ? TypeName : _fields.GetValueOrDefault(field);

    /// <summary>Whether an object of this type is also of that one.</summary>
    public bool Is(string type) => type == Name || Interfaces.Contains(type);
}
