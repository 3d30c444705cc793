using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class DaemonMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Daemon);
