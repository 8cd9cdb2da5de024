window.BENCHMARK_DATA = {
"lastUpdate": 1774933028658,
"repoUrl": "https://github.com/benchmark-action/github-action-benchmark",
"entries": {
"Go Benchmark": [
{
"commit": {
"id": "fcdc56194462e46f54a75f052c926d3dc64b44c9",
"timestamp": "2019-11-09T23:22:06+09:00"
},
"date": 1573309388050,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 551,
"unit": "ns/op"
},
{
"name": "BenchmarkFib20",
"value": 55222,
"unit": "ns/op"
}
]
},
{
"commit": {
"id": "88c2dfffe2d198a4a898c29ee47dd068a317907d",
"timestamp": "2019-11-09T23:33:54+09:00"
},
"date": 1573310302823,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 455,
"unit": "ns/op"
},
{
"name": "BenchmarkFib20",
"value": 56332,
"unit": "ns/op"
}
]
},
{
"commit": {
"id": "45d78258e495044a551046f50604da3c893052ce",
"timestamp": "2019-11-10T00:06:58+09:00"
},
"date": 1573312103751,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 433,
"unit": "ns/op"
},
{
"name": "BenchmarkFib20",
"value": 53545,
"unit": "ns/op"
}
]
},
{
"commit": {
"id": "3dc9c9ff90a6ad2ea89ea4f254918eb837ab0221",
"timestamp": "2023-05-18T00:58:57-07:00"
},
"date": 1684396765582,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 389,
"unit": "ns/op",
"extra": "5000000 times\n2 procs"
},
{
"name": "BenchmarkFib20",
"value": 48121,
"unit": "ns/op",
"extra": "30000 times\n2 procs"
}
]
},
{
"commit": {
"id": "0c70f157d50ac07c1a3ecf43d9044e4e16cd1276",
"timestamp": "2023-07-07T12:49:05+02:00"
},
"date": 1688726979069,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 412.7,
"unit": "ns/op",
"extra": "2650246 times\n2 procs"
},
{
"name": "BenchmarkFib20",
"value": 51796,
"unit": "ns/op",
"extra": "23784 times\n2 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric",
"value": 50318,
"unit": "ns/op\t         4.000 auxMetricUnits",
"extra": "23806 times\n2 procs"
}
]
},
{
"commit": {
"id": "e85c505602a87fc804839010d78a930ece11a3ce",
"timestamp": "2023-07-07T13:00:52+02:00"
},
"date": 1688727722108,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 340.3,
"unit": "ns/op",
"extra": "3523556 times\n2 procs"
},
{
"name": "BenchmarkFib20",
"value": 42211,
"unit": "ns/op",
"extra": "28596 times\n2 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric - ns/op",
"value": 41966,
"unit": "ns/op",
"extra": "28597 times\n2 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric - auxMetricUnits",
"value": 4,
"unit": "auxMetricUnits",
"extra": "28597 times\n2 procs"
}
]
},
{
"commit": {
"id": "b0e7057f76614dd5c0355257b2b77ee514f3e77b",
"timestamp": "2026-03-26T21:47:06+01:00"
},
"date": 1774558056708,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 312.8,
"unit": "ns/op",
"extra": "3888651 times\n4 procs"
},
{
"name": "BenchmarkFib20",
"value": 39900,
"unit": "ns/op",
"extra": "31315 times\n4 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric",
"value": 41214,
"unit": "ns/op\t         4.000 auxMetricUnits",
"extra": "30127 times\n4 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric - ns/op",
"value": 41214,
"unit": "ns/op",
"extra": "30127 times\n4 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric - auxMetricUnits",
"value": 4,
"unit": "auxMetricUnits",
"extra": "30127 times\n4 procs"
}
]
},
{
"commit": {
"id": "c38cce98215cf75e178ecd5a0c1a1ab215e93006",
"timestamp": "2026-03-31T06:53:51+02:00"
},
"date": 1774932909156,
"tool": "go",
"benches": [
{
"name": "BenchmarkFib10",
"value": 313.1,
"unit": "ns/op",
"extra": "3852480 times\n4 procs"
},
{
"name": "BenchmarkFib20",
"value": 39994,
"unit": "ns/op",
"extra": "30343 times\n4 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric",
"value": 40052,
"unit": "ns/op\t         4.000 auxMetricUnits",
"extra": "30248 times\n4 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric - ns/op",
"value": 40052,
"unit": "ns/op",
"extra": "30248 times\n4 procs"
},
{
"name": "BenchmarkFib20WithAuxMetric - auxMetricUnits",
"value": 4,
"unit": "auxMetricUnits",
"extra": "30248 times\n4 procs"
}
]
}
]
}
}