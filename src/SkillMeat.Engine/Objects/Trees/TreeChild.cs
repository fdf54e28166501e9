namespace SkillMeat.Objects.Trees;

/// <summary>A reference to a node of a split tree.</summary>
/// <param name="LastName">The UTF-8 bytes of the last name in it.</param>
/// <param name="Id">The id of the node.</param>
internal readonly record struct TreeChild(byte[] LastName, ObjectId Id);
