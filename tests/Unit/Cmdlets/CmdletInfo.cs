using System.Management.Automation;
using System.Reflection;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Tests.Cmdlets;

/// <summary>The metadata of a cmdlet, read from its attributes without running PowerShell.</summary>
public sealed class CmdletInfo
{
    private readonly CustomAttributeData _attribute;

    private CmdletInfo(Type type, CustomAttributeData attribute)
    {
        Type = type;
        _attribute = attribute;
    }

    public static IReadOnlyList<CmdletInfo> All { get; } = typeof(SkmCommand).Assembly.GetTypes()
        .Select(t => (Type: t, Attribute: t.CustomAttributes.FirstOrDefault(a => a.AttributeType == typeof(CmdletAttribute))))
        .Where(t => t.Attribute is not null)
        .Select(t => new CmdletInfo(t.Type, t.Attribute!))
        .OrderBy(c => c.Name, StringComparer.Ordinal)
        .ToList();

    public Type Type { get; }

    public string Verb => (string)_attribute.ConstructorArguments[0].Value!;

    public string Noun => (string)_attribute.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => Named("SupportsShouldProcess") is true;

    public bool SupportsPaging => Named("SupportsPaging") is true;

    public ConfirmImpact ConfirmImpact => Named("ConfirmImpact") is int impact ? (ConfirmImpact)impact : ConfirmImpact.Medium;

    public string? DefaultSet => (string?)Named("DefaultParameterSetName");

    public IReadOnlyList<Type> OutputTypes => Type.CustomAttributes
        .Where(a => a.AttributeType == typeof(OutputTypeAttribute))
        .SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(t => (Type)t.Value!)
        .Distinct()
        .ToList();

    public IReadOnlyList<ParameterInfo> Parameters => Type.GetProperties()
        .Where(p => p.CustomAttributes.Any(a => a.AttributeType == typeof(ParameterAttribute)))
        .Select(p => new ParameterInfo(p))
        .ToList();

    public override string ToString() => Name;

    private object? Named(string name) => _attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).FirstOrDefault();

    /// <summary>A parameter of a cmdlet.</summary>
    public sealed class ParameterInfo(PropertyInfo property)
    {
        public string Name => property.Name;

        public Type Type => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

        public bool HasCompleter => Has<ArgumentCompleterAttribute>();

        public bool TakesWildcards => Has<SupportsWildcardsAttribute>();

        public IReadOnlyList<string> Aliases => property.CustomAttributes
            .Where(a => a.AttributeType == typeof(AliasAttribute))
            .SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => (string)a.Value!)
            .ToList();

        public bool IsByValue => Uses.Any(use => use.IsByValue);

        /// <summary>The uses of the parameter; those that differ only in their parameter set are one.</summary>
        public IReadOnlyList<Use> Uses => property.CustomAttributes.Where(a => a.AttributeType == typeof(ParameterAttribute))
            .GroupBy(a => (Named(a, "Mandatory") is true, Named(a, "Position") as int?, Named(a, "ValueFromPipeline") is true, Named(a, "ValueFromPipelineByPropertyName") is true))
            .Select(g => new Use(g.Key.Item1, g.Key.Item2, g.Key.Item3, g.Key.Item4, string.Join(", ", g.Select(a => (string?)Named(a, "ParameterSetName")).OfType<string>().Order(StringComparer.Ordinal))))
            .OrderBy(use => use.Sets, StringComparer.Ordinal)
            .ToList();

        private static object? Named(CustomAttributeData attribute, string name) =>
            attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).FirstOrDefault();

        /// <summary>A use of a parameter.</summary>
        /// <param name="IsMandatory">Whether it is mandatory.</param>
        /// <param name="Position">The position, if it has one.</param>
        /// <param name="IsByValue">Whether it takes objects from the pipeline.</param>
        /// <param name="IsByPropertyName">Whether it takes properties of objects from the pipeline.</param>
        /// <param name="Sets">The parameter sets; empty for all.</param>
        public sealed record Use(bool IsMandatory, int? Position, bool IsByValue, bool IsByPropertyName, string Sets);

        private bool Has<T>() => property.CustomAttributes.Any(a => a.AttributeType == typeof(T));
    }
}
