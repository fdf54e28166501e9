namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Decides what happens to a request; null for nothing. Called from many threads.</summary>
/// <param name="request">The request; its <see cref="RequestRecord.Number"/> counts from 1.</param>
public delegate Fault? FaultPlan(RequestRecord request);
