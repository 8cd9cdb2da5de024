#include "verdict/result.h"

namespace metricgate::verdict {

const char* name(Status status) {
    switch (status) {
        case Status::pass:
            return "pass";
        case Status::regressed:
            return "regressed";
        case Status::violated:
            return "violated";
        case Status::inconclusive:
            return "inconclusive";
        case Status::missing:
            return "missing";
        case Status::incomparable:
            return "incomparable";
        case Status::no_baseline:
            return "no_baseline";
        case Status::new_metric:
            return "new";
        case Status::skipped:
            return "skipped";
        case Status::waived:
            return "waived";
        case Status::error:
            return "error";
    }
    return "error";
}

const char* name(Level level) {
    switch (level) {
        case Level::block:
            return "block";
        case Level::warn:
            return "warn";
        case Level::info:
            return "info";
        case Level::off:
            return "off";
    }
    return "block";
}

const char* name(WaiverState state) {
    switch (state) {
        case WaiverState::covers:
            return "covers";
        case WaiverState::exceeded:
            return "exceeded";
        case WaiverState::about_to_lapse:
            return "about_to_lapse";
        case WaiverState::unused:
            return "unused";
        case WaiverState::not_judged:
            return "not_judged";
        case WaiverState::lapsed:
            return "lapsed";
        case WaiverState::too_long:
            return "too_long";
        case WaiverState::of_the_change:
            return "of_the_change";
    }
    return "unused";
}

const char* name(Verdict verdict) {
    switch (verdict) {
        case Verdict::could_not_judge:
            return "could_not_judge";
        case Verdict::pass:
            return "pass";
        case Verdict::fail:
            return "fail";
        case Verdict::undecided:
            return "undecided";
    }
    return "could_not_judge";
}

int exit_code(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return 0;
        case Verdict::fail:
            return 1;
        case Verdict::could_not_judge:
            return 2;
        case Verdict::undecided:
            return 3;
    }
    return 2;
}

}  // namespace metricgate::verdict
