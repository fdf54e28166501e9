namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A value with fields.</summary>
internal interface IGraphQlNode
{
    /// <summary>The name of its object type.</summary>
    string TypeName { get; }

    /// <summary>
    /// The value of a field that the schema has: null, <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="bool"/>, a node,
    /// or an enumeration of such.
    /// </summary>
    /// <exception cref="GraphQlFailureException">There is a reason why it is null.</exception>
    object? Resolve(FieldCall call);

    /// <summary>Called with all fields that will be requested, so that their data can be fetched at once.</summary>
    void Prepare(IReadOnlyList<FieldCall> calls)
    {
    }
}
