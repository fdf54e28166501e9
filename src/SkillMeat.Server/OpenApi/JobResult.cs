namespace SkillMeat.Server.OpenApi;

/// <summary>A result that a job may have: one value of the contract, or a list of them.</summary>
internal sealed record JobResult(Type Type, bool IsList)
{
    public static JobResult One<T>() => new(typeof(T), IsList: false);

    public static JobResult List<T>() => new(typeof(T), IsList: true);
}
